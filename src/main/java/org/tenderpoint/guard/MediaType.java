package org.tenderpoint.guard;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The forms in which a body may come. */
enum MediaType {
    JSON(Set.of("application/fhir+json", "application/json")),
    XML(Set.of("application/fhir+xml", "application/xml")),
    JSON_PATCH(Set.of("application/json-patch+json")),
    FORM(Set.of("application/x-www-form-urlencoded"));

    private final Set<String> names;

    MediaType(Set<String> names) {
        this.names = names;
    }

    /**
     * Reads a Content-Type header.
     *
     * @return the form, or null if there is none, it is not offered, or its charset is not UTF-8
     */
    static @Nullable MediaType of(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        var parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        for (var i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip();
            if (parameter.startsWith("charset") && !parameter.matches("charset\\s*=\\s*\"?utf-?8\"?")) {
                return null;
            }
        }
        var name = parts[0].strip();
        for (var type : values()) {
            if (type.names.contains(name)) {
                return type;
            }
        }
        return null;
    }
}
