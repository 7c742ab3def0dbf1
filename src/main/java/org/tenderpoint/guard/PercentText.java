package org.tenderpoint.guard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Percent-encoded text of paths, queries and forms, decoded strictly (RFC 3986, 2.1). */
final class PercentText {

    private PercentText() {}

    /**
     * Decodes a part of a URI or form.
     *
     * @param raw as sent
     * @param part "path", "query" or "form", for the message
     * @param plusIsSpace whether {@code +} stands for a space, as it does in queries and forms
     * @throws Refused 400 if a percent sign is not followed by two hexadecimal digits, if the bytes are not UTF-8, or
     *     if there is a control character
     */
    static String decode(String raw, String part, boolean plusIsSpace) {
        var bytes = new ByteArrayOutputStream(raw.length());
        for (var i = 0; i < raw.length(); i++) {
            var c = raw.charAt(i);
            if (c == '%') {
                if (i + 2 >= raw.length()
                        || Character.digit(raw.charAt(i + 1), 16) < 0
                        || Character.digit(raw.charAt(i + 2), 16) < 0
                        || raw.charAt(i + 1) > 'f'
                        || raw.charAt(i + 2) > 'f') {
                    throw refused(part, "has a percent sign without two hexadecimal digits behind it");
                }
                bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                bytes.write(' ');
            } else {
                // Servlet containers hand over raw bytes above 127 as single characters; they are judged as UTF-8, too.
                if (c > 255) {
                    throw refused(part, "has a character that has to be percent-encoded");
                }
                bytes.write(c);
            }
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(part, "is not UTF-8 after percent-decoding");
        }
        if (text.chars().anyMatch(c -> c < ' ' && (!plusIsSpace || (c != '\t' && c != '\n' && c != '\r')))) {
            throw refused(part, "contains NUL or another control character");
        }
        return text;
    }

    /**
     * Reads {@code name=value&name=value}.
     *
     * @throws Refused 400, see {@link #decode}
     */
    static Map<String, List<String>> parameters(String raw, String part) {
        var all = new LinkedHashMap<String, List<String>>();
        for (var pair : raw.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            var equals = pair.indexOf('=');
            var name = decode(equals < 0 ? pair : pair.substring(0, equals), part, true);
            var value = equals < 0 ? "" : decode(pair.substring(equals + 1), part, true);
            all.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        }
        return all;
    }

    private static Refused refused(String part, String what) {
        return Refused.badRequest(Issue.value("uri-encoding", null, "The " + part + " " + what + "."));
    }
}
