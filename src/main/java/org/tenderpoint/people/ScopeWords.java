package org.tenderpoint.people;

import java.util.Map;
import java.util.stream.Collectors;

/** What a scope means, in words for the person who is asked. */
final class ScopeWords {

    private static final Map<String, String> WORDS = Map.of(
            "openid", "Know that it is you, each time",
            "fhirUser", "Know which entry in the record you are",
            "profile", "Know which entry in the record you are",
            "launch", "Know which patient is open",
            "launch/patient", "Know which patient was picked",
            "launch/encounter", "Know which visit is open",
            "offline_access", "Keep access for 90 days, also while you are away",
            "online_access", "Keep access while you are signed in");

    private static final Map<Character, String> LETTERS =
            Map.of('c', "add", 'r', "read", 'u', "change", 'd', "delete", 's', "search");

    private ScopeWords() {}

    static String of(String scope) {
        var word = WORDS.get(scope);
        if (word != null) {
            return word;
        }
        var slash = scope.indexOf('/');
        var dot = scope.indexOf('.', slash);
        var query = scope.indexOf('?', dot);
        var type = scope.substring(slash + 1, dot);
        var doing = scope.substring(dot + 1, query < 0 ? scope.length() : query)
                .chars()
                .mapToObj(letter -> LETTERS.get((char) letter))
                .collect(Collectors.joining(", "));
        var what = type.equals("*") ? "everything" : type + " entries";
        var whose = scope.startsWith("patient/") ? "of this one patient" : "that you may see yourself";
        return Character.toUpperCase(doing.charAt(0)) + doing.substring(1) + " " + what + " " + whose
                + (query < 0 ? "" : ", only of the kind " + scope.substring(scope.indexOf('=', query) + 1));
    }
}
