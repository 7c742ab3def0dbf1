/**
 * Profiles and what keeps to them: compiled for everything that is written, and HAPI's instance validator with the same
 * definitions for those who ask. Start at {@link org.tenderpoint.profile.ProfileRule} and
 * {@link org.tenderpoint.profile.InstanceValidation}.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "guard", "server"})
@NullMarked
package org.tenderpoint.profile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
