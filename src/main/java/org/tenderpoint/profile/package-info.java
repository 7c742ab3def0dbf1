/**
 * Profiles and what keeps to them: HAPI's instance validator with our own definitions, for those who ask. Start at
 * {@link org.tenderpoint.profile.InstanceValidation}.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "guard", "server"})
@NullMarked
package org.tenderpoint.profile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
