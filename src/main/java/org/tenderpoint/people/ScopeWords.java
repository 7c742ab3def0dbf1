package org.tenderpoint.people;

import java.util.ArrayList;
import java.util.Map;

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

    /** What lies in entries of a type; the type's own name where it is not among these. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("*", "everything"),
            Map.entry("Patient", "name, birth date and contact details"),
            Map.entry("Observation", "measurements and findings"),
            Map.entry("Condition", "diagnoses and problems"),
            Map.entry("Procedure", "treatments"),
            Map.entry("Encounter", "visits"),
            Map.entry("ServiceRequest", "referrals"),
            Map.entry("Task", "tasks and their progress"),
            Map.entry("CarePlan", "care plans"),
            Map.entry("Goal", "goals"),
            Map.entry("MedicationStatement", "medications"),
            Map.entry("AllergyIntolerance", "allergies"),
            Map.entry("Coverage", "insurance"),
            Map.entry("Consent", "consents"),
            Map.entry("QuestionnaireResponse", "answers to questionnaires"),
            Map.entry("DocumentReference", "documents"),
            Map.entry("Composition", "notes and summaries"),
            Map.entry("Appointment", "appointments"),
            Map.entry("Practitioner", "practitioners"),
            Map.entry("Organization", "organizations"));

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
        var doing = doing(scope.substring(dot + 1, query < 0 ? scope.length() : query));
        var whose = scope.startsWith("patient/") ? "of this one patient" : "that you may see yourself";
        return Character.toUpperCase(doing.charAt(0)) + doing.substring(1) + " " + TYPES.getOrDefault(type, type) + " "
                + whose + (query < 0 ? "" : ", only of the kind " + scope.substring(scope.indexOf('=', query) + 1));
    }

    /** Reading by id and searching are one thing to most people, but not where only one of them is asked for. */
    private static String doing(String letters) {
        var doing = new ArrayList<String>();
        if (letters.contains("r")) {
            doing.add(letters.contains("s") ? "read" : "read one by one");
        } else if (letters.contains("s")) {
            doing.add("search");
        }
        if (letters.contains("c")) {
            doing.add("add");
        }
        if (letters.contains("u")) {
            doing.add("change");
        }
        if (letters.contains("d")) {
            doing.add("delete");
        }
        var last = doing.remove(doing.size() - 1);
        return doing.isEmpty() ? last : String.join(", ", doing) + " and " + last;
    }
}
