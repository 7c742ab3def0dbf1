/**
 * Who is known here: keys, clients, people, and what was granted to whom. Start at {@link org.tenderpoint.identity.Clients}.
 * Beside the chart the only room that knows SQL; its tables are its own and hold nothing of the record.
 */
@ApplicationModule(allowedDependencies = {"issue", "access"})
@NullMarked
package org.tenderpoint.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
