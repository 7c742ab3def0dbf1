/**
 * The treatment summary a payer reads: units charged, visits used, functional change, and nothing beyond. Start at
 * {@link org.tenderpoint.treatmentsummary.TreatmentSummary}, and for what goes out at
 * {@link org.tenderpoint.treatmentsummary.MinimumNecessary}; the payers' policies are data, in
 * {@code payer-policy.json}.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "server", "observation", "document"})
@NullMarked
package org.tenderpoint.treatmentsummary;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
