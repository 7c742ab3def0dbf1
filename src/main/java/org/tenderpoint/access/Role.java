package org.tenderpoint.access;

/** In what capacity a client, or the person before it, acts. A grant is given to an organization or a person in one role. */
public enum Role {
    /** A referring physician's EHR, or a physician: sends referrals, reads released data of the patients it referred. */
    EHR("TREAT"),
    /** A massage clinic's system with its therapist's rights, or a therapist: keeps the record. */
    CLINIC("TREAT"),
    /** An insurer's system: reads its members' payer view and treatment summaries. */
    INSURER("HPAYMT"),
    /** A patient, or who acts for her: reads her own record and who has seen it. */
    PATIENT("PATRQT"),
    /** Reviews the audit; has no clinical rights. */
    PRIVACY_OFFICER("HCOMPL"),
    /** Keeps the directory (organizations, practitioners) and the clients; has no clinical rights. */
    ADMINISTRATOR("HSYSADMIN");

    private final String purpose;

    Role(String purpose) {
        this.purpose = purpose;
    }

    /** What whoever acts so uses the record for: a code of v3 ActReason. */
    public String purpose() {
        return purpose;
    }

    /** True if whoever acts so acts for an organization. */
    public boolean isBoundToOrganization() {
        return this == EHR || this == CLINIC || this == INSURER;
    }
}
