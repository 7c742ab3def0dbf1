package org.tenderpoint.access;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One SMART resource scope: {@code context/Type.cruds}, with {@code *} for all types and the version 1 words {@code read},
 * {@code write} and {@code *}; behind a question mark the one category of resources that it is about.
 *
 * @param context on whose behalf
 * @param type a FHIR type, or {@code *}
 * @param permissions letters out of c, r, u, d, s
 * @param category what it is confined to; none where it is not
 */
public record Scope(Context context, String type, Set<Character> permissions, @Nullable Category category) {

    /** On whose behalf a client acts, which bounds what a scope can mean. */
    public enum Context {
        /** Resources of the one patient whom the token names. */
        PATIENT,
        /** Whatever the person before the client may see. */
        USER,
        /** Whatever the client itself may see. */
        SYSTEM
    }

    /**
     * A value of the search parameter {@code category}.
     *
     * @param system code system; none for a code of any system
     * @param code the code
     */
    public record Category(@Nullable String system, String code) {

        boolean includes(Category other) {
            return code.equals(other.code) && (system == null || system.equals(other.system));
        }

        @Override
        public String toString() {
            return system == null ? code : system + "|" + code;
        }
    }

    private static final Pattern FORM = Pattern.compile("(patient|user|system)/([A-Z][A-Za-z]{1,39}|\\*)"
            + "\\.(read|write|\\*|c?r?u?d?s?)(?:\\?category=(?:([^|&,\\s]{1,200})\\|)?([^|&,\\s]{1,100}))?");

    /** Only what is looked at is in a category; a scope that would write in one is cut to looking. */
    private static final Set<Character> IN_A_CATEGORY = Set.of('r', 's');

    public Scope {
        permissions = Set.copyOf(permissions);
    }

    static Optional<Scope> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches() || matcher.group(3).isEmpty()) {
            return Optional.empty();
        }
        var category = matcher.group(5) == null ? null : new Category(matcher.group(4), matcher.group(5));
        if (category != null && matcher.group(2).equals("*")) {
            return Optional.empty();
        }
        var letters =
                switch (matcher.group(3)) {
                    case "read" -> "rs";
                    case "write" -> "cud";
                    case "*" -> "cruds";
                    default -> matcher.group(3);
                };
        var permissions = letters.chars()
                .mapToObj(c -> (char) c)
                .filter(letter -> category == null || IN_A_CATEGORY.contains(letter))
                .collect(Collectors.toSet());
        return permissions.isEmpty()
                ? Optional.empty()
                : Optional.of(new Scope(
                        Context.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
                        matcher.group(2),
                        permissions,
                        category));
    }

    boolean isOn(String wanted) {
        return type.equals("*") || type.equals(wanted);
    }

    boolean isEverything() {
        return context != Context.PATIENT && type.equals("*") && permissions.size() == "cruds".length();
    }

    boolean covers(Interaction interaction, String wanted) {
        return isOn(wanted) && permissions.contains(letter(interaction));
    }

    /** True where nothing is allowed by the other one that this one does not allow. */
    boolean includes(Scope other) {
        return context == other.context
                && isOn(other.type)
                && permissions.containsAll(other.permissions)
                && Region.of(this).includes(Region.of(other));
    }

    /** What both allow. A granular scope stays granular beside a broad one. */
    Optional<Scope> intersect(Scope held) {
        if (context != held.context || !(isOn(held.type) || held.isOn(type))) {
            return Optional.empty();
        }
        var both = permissions.stream().filter(held.permissions::contains).collect(Collectors.toSet());
        var narrower = narrower(held);
        if (both.isEmpty() || (narrower == null && (category != null || held.category != null))) {
            return Optional.empty();
        }
        if (narrower != null) {
            both.retainAll(IN_A_CATEGORY);
        }
        return both.isEmpty()
                ? Optional.empty()
                : Optional.of(new Scope(context, type.equals("*") ? held.type : type, both, narrower));
    }

    private @Nullable Category narrower(Scope held) {
        if (category == null || held.category == null) {
            return category == null ? held.category : category;
        }
        return category.includes(held.category) ? held.category : held.category.includes(category) ? category : null;
    }

    private static char letter(Interaction interaction) {
        return switch (interaction) {
            case CREATE -> 'c';
            case READ, VREAD, HISTORY -> 'r';
            case UPDATE -> 'u';
            case DELETE -> 'd';
            case SEARCH -> 's';
        };
    }

    @Override
    public String toString() {
        var letters = new StringBuilder();
        for (var letter : "cruds".toCharArray()) {
            if (permissions.contains(letter)) {
                letters.append(letter);
            }
        }
        return context.name().toLowerCase(Locale.ROOT) + "/" + type + "." + letters
                + (category == null ? "" : "?category=" + Objects.requireNonNull(category));
    }
}
