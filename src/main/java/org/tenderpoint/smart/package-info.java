/**
 * SMART App Launch for systems: a registered client gets an access token, and a token becomes a
 * {@link org.tenderpoint.access.Caller}. Start at {@link SmartConfiguration}.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "identity", "guard"})
@NullMarked
package org.tenderpoint.smart;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
