package org.tenderpoint.smart;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.tenderpoint.guard.Outbound;
import org.tenderpoint.guard.PublicGate;

/**
 * Gets a small document from a host that a registered client has named. The address is another's to choose, so only https
 * is spoken, and only to public addresses (or the hosts that the settings name). Whoever changes the name's address in
 * between needs a certificate of that name.
 */
final class PublicFetch implements ClientKeys.Fetch {

    private static final Duration WHOLE = Duration.ofSeconds(5);
    private static final int LARGEST = 65_536;

    private final Outbound outbound;

    /**
     * @param hosts the only ones that are asked; empty for all with public addresses
     * @param loopbackToo true in the demonstration: this machine may be asked, also by http
     */
    PublicFetch(List<String> hosts, boolean loopbackToo) {
        this.outbound = new Outbound(new PublicGate(hosts, loopbackToo), WHOLE, LARGEST);
    }

    @Override
    public String get(URI uri) throws IOException {
        return outbound.get(uri);
    }
}
