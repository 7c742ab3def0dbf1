package org.tenderpoint.treatmentsummary;

/**
 * One service of one day.
 *
 * @param cpt the CPT code, for example {@code 97124}
 * @param minutes one-on-one hands-on minutes, zero or more
 */
public record ServiceMinutes(String cpt, int minutes) {

    /** @throws IllegalArgumentException if {@code minutes} is negative */
    public ServiceMinutes {
        if (minutes < 0) {
            throw new IllegalArgumentException("minutes of a service below zero");
        }
    }
}
