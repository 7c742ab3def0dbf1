/** Emergencies: the record of a patient of others, opened for an hour. Start at {@link BreakGlassProvider}. */
@ApplicationModule(allowedDependencies = {"issue", "chart", "access", "server", "people", "smart"})
@NullMarked
package org.tenderpoint.emergency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
