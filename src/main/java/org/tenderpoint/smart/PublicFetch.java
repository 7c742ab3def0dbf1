package org.tenderpoint.smart;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.HttpsURLConnection;
import org.springframework.http.HttpStatus;

/**
 * Gets a small document from a host that a registered client has named. The address is another's to choose, so only https
 * is spoken, only to public addresses (or the hosts that the settings name), without redirects, for seconds and not more.
 * Whoever changes the name's address in between needs a certificate of that name.
 */
final class PublicFetch implements ClientKeys.Fetch {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 2_000;
    private static final int WHOLE_SECONDS = 5;
    private static final int LARGEST = 65_536;

    private final List<String> hosts;
    private final boolean loopbackToo;
    private final ExecutorService threads = Executors.newFixedThreadPool(4, work -> {
        var worker = new Thread(work, "client-keys");
        worker.setDaemon(true);
        return worker;
    });

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
        // A server that sends a byte now and then would keep each read short and the whole endless.
        var reading = threads.submit(() -> read(uri));
        try {
            return reading.get(WHOLE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException slow) {
            reading.cancel(true);
            throw new IOException("took too long", slow);
        } catch (ExecutionException failed) {
            throw new IOException("could not be read", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", stopped);
        }
    }

    private String read(URI uri) throws IOException {
        requireAllowed(uri);
        var connection = (HttpURLConnection) new URL(uri.toString()).openConnection();
        if (!(connection instanceof HttpsURLConnection) && !loopbackToo) {
            throw new IOException("not https");
        }
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setRequestProperty("Accept", "application/json");
        try {
            if (connection.getResponseCode() != HttpStatus.OK.value()) {
                throw new IOException("answered " + connection.getResponseCode());
            }
            try (var body = connection.getInputStream()) {
                var bytes = body.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw new IOException("larger than " + LARGEST + " bytes");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } finally {
            connection.disconnect();
        }
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
        if (hosts.isEmpty() ? !isAll(addresses, PublicFetch::isPublic) : !hosts.contains(host)) {
            throw new UnknownHostException("an address that is not asked");
        }
    }

    private static boolean isAll(InetAddress[] addresses, Predicate<InetAddress> holds) {
        return Arrays.stream(addresses).allMatch(holds);
    }

    static boolean isPublic(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        var bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            // RFC 4291, section 2.4: what is routed begins with 001; of that, RFC 4380 and 3056: IPv4 addresses behind
            // a
            // tunnel, which may be any.
            var teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
            return (bytes[0] & 0xe0) == 0x20 && !teredo && !(bytes[0] == 0x20 && bytes[1] == 0x02);
        }
        var first = bytes[0] & 0xff;
        var second = bytes[1] & 0xff;
        // RFC 6598: shared addresses of carriers; RFC 6890: this network, protocols, measuring, and what is reserved.
        return first != 0
                && !(first == 100 && second >= 64 && second < 128)
                && !(first == 192 && second == 0 && bytes[2] == 0)
                && !(first == 198 && (second & 0xfe) == 18)
                && first < 224;
    }
}
