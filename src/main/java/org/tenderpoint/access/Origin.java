package org.tenderpoint.access;

import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the request came from that this thread is answering: what the audit says of it besides the {@link Caller}. Work
 * that no request has asked for has none.
 */
public final class Origin {

    private static final ThreadLocal<Origin> CURRENT = new ThreadLocal<>();

    private final UUID request;
    private final @Nullable String address;
    private Supplier<@Nullable String> query;
    private @Nullable String token;

    private Origin(UUID request, @Nullable String address, Supplier<@Nullable String> query) {
        this.request = request;
        this.address = address;
        this.query = query;
    }

    /**
     * From here on this thread answers a request.
     *
     * @param request a number for it
     * @param address of whoever sent it
     * @param query reads the text of what it searches for, if it does
     */
    public static void begin(UUID request, @Nullable String address, Supplier<@Nullable String> query) {
        CURRENT.set(new Origin(request, address, query));
    }

    /** The request is answered. */
    public static void end() {
        CURRENT.remove();
    }

    /** The request has brought a token that counts. */
    public static void with(@Nullable String tokenId) {
        var current = CURRENT.get();
        if (current != null) {
            current.token = tokenId;
        }
    }

    /** From here on the request asks for this: an entry of a batch, which has a query of its own. */
    public static void asks(@Nullable String entryQuery) {
        var current = CURRENT.get();
        if (current != null) {
            current.query = () -> entryQuery;
        }
    }

    /** The request that this thread is answering, if it is. */
    public static @Nullable Origin current() {
        return CURRENT.get();
    }

    public UUID request() {
        return request;
    }

    public @Nullable String address() {
        return address;
    }

    /** The id of the token, once it is known to count. */
    public @Nullable String token() {
        return token;
    }

    public @Nullable String query() {
        return query.get();
    }
}
