/** Who may do what. Start at {@link Caller}, then {@link AccessRule} (types and interactions) and {@link Grant} (rows). */
@ApplicationModule(allowedDependencies = {"issue"})
@NullMarked
package org.tenderpoint.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
