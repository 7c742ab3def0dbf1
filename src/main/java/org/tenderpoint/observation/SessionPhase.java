package org.tenderpoint.observation;

import java.util.Arrays;
import java.util.Optional;

/** When in the course of care a value was taken; only values of like phases are compared with each other. */
public enum SessionPhase {
    INTAKE("intake"),
    PRE("pre"),
    POST("post"),
    DAY_AFTER("24h"),
    DIARY("diary"),
    REASSESSMENT("reassessment"),
    DISCHARGE("discharge");

    /** The extension of an Observation that carries the phase as {@code valueCode}. */
    public static final String EXTENSION = "https://tenderpoint.org/fhir/StructureDefinition/session-phase";

    private final String code;

    SessionPhase(String code) {
        this.code = code;
    }

    /** The code in FHIR, for example {@code 24h}. */
    public String code() {
        return code;
    }

    /** The phase of a FHIR code; empty for a code this server does not know. */
    public static Optional<SessionPhase> ofCode(String code) {
        return Arrays.stream(values()).filter(phase -> phase.code.equals(code)).findFirst();
    }

    /** True for the phases that measure the episode of care rather than one session. */
    boolean measuresEpisode() {
        return this == INTAKE || this == REASSESSMENT || this == DISCHARGE;
    }
}
