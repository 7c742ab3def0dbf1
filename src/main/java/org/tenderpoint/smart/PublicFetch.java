package org.tenderpoint.smart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.tenderpoint.guard.Outbound;
import org.tenderpoint.guard.PublicAddress;

/**
 * Gets a small document from a host that a registered client has named. The address is another's to choose, so only https
 * is spoken, and only to public addresses (or the hosts that the settings name). Whoever changes the name's address in
 * between needs a certificate of that name.
 */
final class PublicFetch implements ClientKeys.Fetch {

    private static final Duration WHOLE = Duration.ofSeconds(5);
    private static final int LARGEST = 65_536;

    private final List<String> hosts;
    private final boolean loopbackToo;
    private final Outbound outbound = new Outbound(this::requireAllowed, WHOLE, LARGEST);

    /**
     * @param hosts the only ones that are asked; empty for all with public addresses
     * @param loopbackToo true in the demonstration: this machine may be asked, also by http
     */
    PublicFetch(List<String> hosts, boolean loopbackToo) {
        this.hosts = List.copyOf(hosts);
        this.loopbackToo = loopbackToo;
    }

    @Override
    public String get(URI uri) throws IOException {
        return outbound.get(uri);
    }

    private void requireAllowed(URI uri) throws IOException {
        var host = uri.getHost();
        if (host == null) {
            throw new IOException("no host");
        }
        var addresses = InetAddress.getAllByName(host);
        var loopback = isAll(addresses, InetAddress::isLoopbackAddress);
        if (loopbackToo && loopback) {
            return;
        }
        if (!"https".equals(uri.getScheme())) {
            throw new IOException("not https");
        }
        if (hosts.isEmpty() ? !isAll(addresses, PublicAddress::isPublic) : !hosts.contains(host)) {
            throw new UnknownHostException("an address that is not asked");
        }
    }

    private static boolean isAll(InetAddress[] addresses, Predicate<InetAddress> holds) {
        return Arrays.stream(addresses).allMatch(holds);
    }
}
