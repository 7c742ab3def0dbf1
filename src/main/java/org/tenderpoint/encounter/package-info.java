/** The visit: what its Encounter, its techniques and its measurements have to say. Start at {@link EncounterRule}. */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "server", "document"})
@NullMarked
package org.tenderpoint.encounter;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
