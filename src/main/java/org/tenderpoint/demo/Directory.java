package org.tenderpoint.demo;

import java.util.List;

/** Who takes part in the demonstration, as {@code directory.json} lists them. Everybody is invented. */
record Directory(List<Firm> organizations, List<Person> practitioners) {

    /** The organizations and their people. */
    static final Directory ALL = DemoData.read("directory.json", Directory.class);

    /**
     * An organization.
     *
     * @param key value of its identifier
     * @param type code of HL7's organization-type: {@code prov} or {@code pay}
     * @param policy id in {@code payer-policy.json} of what a payer expects; empty for others
     */
    record Firm(String key, String name, String type, String phone, String city, String policy) {}

    /**
     * A physician or a therapist.
     *
     * @param organization key of the organization that the person works for
     * @param npi passes the check, and begins with a digit that no issued number begins with
     * @param specialty word of {@link Codes}
     */
    record Person(String key, String organization, String given, String family, String npi, String specialty) {}

    Person practitioner(String key) {
        return practitioners.stream()
                .filter(person -> person.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
