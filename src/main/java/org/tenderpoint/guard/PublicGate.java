package org.tenderpoint.guard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Lets out into the world, by https, and nowhere else: for addresses that others have chosen. */
public final class PublicGate implements Outbound.Gate {

    private final List<String> hosts;
    private final boolean loopbackToo;

    /**
     * @param hosts the only ones that are asked; empty for all with public addresses
     * @param loopbackToo true in the demonstration: this machine may be asked, also by http
     */
    public PublicGate(List<String> hosts, boolean loopbackToo) {
        this.hosts = List.copyOf(hosts);
        this.loopbackToo = loopbackToo;
    }

    @Override
    public void require(URI uri) throws IOException {
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
