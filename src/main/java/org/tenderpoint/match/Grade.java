package org.tenderpoint.match;

/**
 * What a score means.
 *
 * @see "http://hl7.org/fhir/R4/extension-match-grade.html"
 */
enum Grade {
    CERTAIN("certain"),
    PROBABLE("probable"),
    POSSIBLE("possible"),
    CERTAINLY_NOT("certainly-not");

    private final String code;

    Grade(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
