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

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[.*]|0x.*");

    /** A name of the world has a dot, and does not end in what RFC 6761, 6762 and 8375 keep for inside. */
    private static final Pattern INSIDE =
            Pattern.compile("[^.]*\\.?|(.*\\.)?(localhost|local|internal|intranet|lan|home|corp|home\\.arpa)\\.?");

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
                && isName(url.getHost().toLowerCase(Locale.ROOT));
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
                return isPublic(InetAddress.getByName(host));
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
            // RFC 4291: what is given out begins with 001; RFC 4380 and 3056: IPv4 addresses inside of a tunnel.
            var isTunnel = first == 0x20 && (second == 0x02 || (second == 0x01 && bytes[2] == 0 && bytes[3] == 0));
            return (first & 0xe0) == 0x20 && !isTunnel;
        }
        // RFC 6598: shared addresses of carriers; RFC 6890: this network, protocols, benchmarks and what is reserved.
        var isSpecial = first == 100 && second >= 64 && second < 128
                || first == 192 && second == 0 && bytes[2] == 0
                || first == 198 && (second == 18 || second == 19);
        return first != 0 && first < 224 && !isSpecial;
    }
}
