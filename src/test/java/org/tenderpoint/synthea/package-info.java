/** Patients that Synthea made, sent as an EHR sends a referral. Start at {@link SyntheaReferrals}. */
@NullMarked
package org.tenderpoint.synthea;

import org.jspecify.annotations.NullMarked;
