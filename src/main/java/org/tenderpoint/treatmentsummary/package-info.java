/**
 * The treatment summary a payer reads: units charged, visits used, and the policy that counts them. Start at
 * {@link org.tenderpoint.treatmentsummary.TimedUnits}; the policies are data, in {@code payer-policy.json}.
 */
@NullMarked
package org.tenderpoint.treatmentsummary;

import org.jspecify.annotations.NullMarked;
