package org.tenderpoint.access;

/** What a request does to a resource type, in the words of the FHIR RESTful API. */
public enum Interaction {
    READ,
    VREAD,
    SEARCH,
    HISTORY,
    CREATE,
    UPDATE,
    DELETE
}
