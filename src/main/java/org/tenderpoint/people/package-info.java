/**
 * The pages on which people sign in, pick a patient, decide what an app may have, and take it back. Start at
 * {@link org.tenderpoint.people.DecideServlet}.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "identity", "guard", "smart"})
@NullMarked
package org.tenderpoint.people;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
