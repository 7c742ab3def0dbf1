package org.tenderpoint.access;

/** In what capacity a client acts. A client has one role; a grant is given to an organization in one role. */
public enum Role {
    /** A referring physician's EHR: sends referrals, reads released data of the patients it referred. */
    EHR,
    /** A massage clinic's system, with its therapist's rights: keeps the record. */
    CLINIC,
    /** An insurer's system: reads its members' payer view and treatment summaries. */
    INSURER,
    /** Keeps the directory (organizations, practitioners); has no clinical rights. */
    ADMINISTRATOR
}
