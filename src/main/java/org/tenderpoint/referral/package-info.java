/**
 * Referral intake: what a referrer's ServiceRequest and Task have to say, how a Task moves on, and why sending a
 * referral twice makes one. Start at {@link org.tenderpoint.referral.ReferralIntake}.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "server"})
@NullMarked
package org.tenderpoint.referral;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
