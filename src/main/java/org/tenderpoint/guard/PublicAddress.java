package org.tenderpoint.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Whether an address that others name leads out into the world, and not to this machine or its neighbours. */
public final class PublicAddress {

    /** What some readers take for a number: in brackets, or ending in one, which may be octal or hexadecimal there. */
    private static final Pattern LITERAL = Pattern.compile("\\[.*]|(.*\\.)?(0x[0-9a-f]*|[0-9]+)\\.?");

    /** The forms of a number that all readers read alike. */
    private static final Pattern PLAIN_LITERAL =
            Pattern.compile("\\[.*]|(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    /** A name of the world has a dot, and does not end in what RFC 2606, 6761, 6762, 7686 and 8375 keep from it. */
    private static final Pattern INSIDE = Pattern.compile("[^.]*\\.?"
            + "|(.*\\.)?(localhost|local|internal|intranet|lan|home|corp|home\\.arpa|test|invalid|onion)\\.?");

    private static final int LAST_PORT = 65_535;

    private PublicAddress() {}

    /**
     * True where a URL is https, without user, password, query and fragment, and its host is no name or number of inside.
     * Nobody is asked about the name: who registers one must not learn by that what this machine finds.
     */
    public static boolean isNamedBy(URI url) {
        return "https".equalsIgnoreCase(url.getScheme())
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && hasPort(url)
                && isName(url.getHost().toLowerCase(Locale.ROOT));
    }

    /** A port that there is, or none and no colon either. */
    private static boolean hasPort(URI url) {
        return url.getPort() == -1
                ? !url.getRawAuthority().endsWith(":")
                : url.getPort() > 0 && url.getPort() <= LAST_PORT;
    }

    /** True where a host is found, and not only out in the world. Of one that nobody finds now, nothing is known. */
    public static boolean isKnownInside(String host) {
        try {
            return !Arrays.stream(InetAddress.getAllByName(host)).allMatch(PublicAddress::isPublic);
        } catch (UnknownHostException none) {
            return false;
        }
    }

    private static boolean isName(String host) {
        if (LITERAL.matcher(host).matches()) {
            try {
                return PLAIN_LITERAL.matcher(host).matches() && isPublic(InetAddress.getByName(host));
            } catch (UnknownHostException none) {
                return false;
            }
        }
        return !INSIDE.matcher(host).matches();
    }

    /** True for an address that is given out to the world. */
    public static boolean isPublic(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        var bytes = address.getAddress();
        var first = bytes[0] & 0xff;
        var second = bytes[1] & 0xff;
        if (address instanceof Inet6Address) {
            return isPublic6(bytes);
        }
        // RFC 6598: shared addresses of carriers; RFC 6890: this network, protocols, benchmarks and what is reserved;
        // RFC 5737: documentation.
        var third = bytes[2] & 0xff;
        var isSpecial = first == 100 && second >= 64 && second < 128
                || first == 192 && second == 0 && (third == 0 || third == 2)
                || first == 198 && (second == 18 || second == 19)
                || first == 198 && second == 51 && third == 100
                || first == 203 && second == 0 && third == 113;
        return first != 0 && first < 224 && !isSpecial;
    }

    private static boolean isPublic6(byte[] bytes) {
        var first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        var second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        // RFC 4380 and 3056: IPv4 addresses inside of a tunnel; RFC 5180: benchmarks; RFC 4843: keys, no addresses;
        // RFC 3849 and 9637: documentation.
        var isSpecial = first == 0x2002
                || first == 0x2001 && (second == 0 || (second & 0xfff0) == 0x10 || second == 0x0db8)
                || first == 0x2001 && second == 2 && bytes[4] == 0 && bytes[5] == 0
                || first == 0x3fff && second < 0x1000;
        // RFC 4291: what is given out begins with 001.
        return (first & 0xe000) == 0x2000 && !isSpecial;
    }
}
