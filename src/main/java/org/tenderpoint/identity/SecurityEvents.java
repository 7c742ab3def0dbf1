package org.tenderpoint.identity;

import org.jspecify.annotations.Nullable;

/** Hears of everything that decides who gets in: sign-ins, grants, tokens, registrations, and what of it was refused. */
public interface SecurityEvents {

    /**
     * Something that happened.
     *
     * @param act what, such as {@code sign-in} or {@code token}
     * @param succeeded false where it was refused
     * @param clientId which client took part
     * @param login which person took part
     * @param detail why, in words of ours; never a secret and nothing of the record
     */
    record Event(String act, boolean succeeded, @Nullable String clientId, @Nullable String login, String detail) {}

    void happened(Event event);

    default void succeeded(String act, @Nullable String clientId, @Nullable String login, String detail) {
        happened(new Event(act, true, clientId, login, detail));
    }

    default void refused(String act, @Nullable String clientId, @Nullable String login, String detail) {
        happened(new Event(act, false, clientId, login, detail));
    }
}
