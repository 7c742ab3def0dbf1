/**
 * What the summaries have in common: a patient's record read once, the part of it that belongs to one referral, and the
 * FHIR document. Start at {@link PatientRecord}, then {@link Episode} and {@link SummaryDocument}.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "server", "page"})
@NullMarked
package org.tenderpoint.document;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
