package org.tenderpoint.chart;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the chart.
 *
 * @param referrerGrace how long a referrer goes on seeing a patient after the referral is closed
 * @param searchTimeout how long one statement of a search may take; whole seconds, at least one
 * @param patientSeesDrafts whether a patient reads what is not signed yet; it is hers either way once it is signed
 * @param insurerNeedsConsent whether an insurer sees a member only with a Consent that permits it; otherwise an active
 *     Coverage is enough (45 CFR 164.506 asks for no consent to payment), and a Consent can only end it
 * @param auditJournal folder in which entries of the audit about what was shown stand for the moment until they are in the
 *     database; it outlives the server
 * @param readsWaitForDisk whether such an entry is on the database's disk before the answer leaves, so that there is no journal
 */
@Validated
@ConfigurationProperties("tenderpoint.chart")
record ChartProperties(
        @DefaultValue("90d") Duration referrerGrace,
        @DefaultValue("10s") Duration searchTimeout,
        @DefaultValue("true") boolean patientSeesDrafts,
        @DefaultValue("false") boolean insurerNeedsConsent,
        @DefaultValue("./data/audit-journal") Path auditJournal,
        @DefaultValue("false") boolean readsWaitForDisk) {}
