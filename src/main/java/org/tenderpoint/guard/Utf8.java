package org.tenderpoint.guard;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** The characters that FHIR content may consist of: UTF-8, without control characters other than tab, LF and CR. */
final class Utf8 {

    private Utf8() {}

    /**
     * Reads all bytes as UTF-8 and keeps nothing of it.
     *
     * @throws Refused 400 if the bytes are not UTF-8, begin with a byte order mark or contain NUL
     */
    static void check(byte[] body) {
        // RFC 8259, 8.1: a byte order mark MUST NOT be added. UTF-16 with a mark fails as invalid UTF-8 just below.
        if (body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF) {
            throw Refused.badRequest(
                    Issue.structure("byte-order-mark", null, "Send UTF-8 without a byte order mark at the beginning."));
        }
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var in = ByteBuffer.wrap(body);
        var out = CharBuffer.allocate(8192);
        while (true) {
            var result = decoder.decode(in, out, true);
            if (result.isError()) {
                throw Refused.badRequest(Issue.structure(
                        "not-utf-8", null, "The body is not UTF-8: byte " + (in.position() + 1) + " cannot be read."));
            }
            if (result.isUnderflow()) {
                break;
            }
            out.clear();
        }
        // Without NUL no parser can take the bytes for UTF-16 or UTF-32.
        for (var i = 0; i < body.length; i++) {
            if (body[i] == 0) {
                throw Refused.badRequest(
                        Issue.structure("not-utf-8", null, "The body is not UTF-8 text: byte " + (i + 1) + " is NUL."));
            }
        }
    }

    /**
     * Position of the first character that FHIR content may not have.
     *
     * @return index into the array, or -1 if all characters are allowed
     */
    static int firstForbidden(char[] text, int offset, int length) {
        for (var i = offset; i < offset + length; i++) {
            var c = text[i];
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
                return i;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 >= offset + length
                        || !Character.isLowSurrogate(text[i + 1])) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
