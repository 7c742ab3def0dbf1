/**
 * Subscriptions and deliveries: a system asks to be told of changes that it may see, and is told, whatever crashes. Start at
 * {@link org.tenderpoint.delivery.Deliveries}.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "guard", "server", "identity", "smart"})
@NullMarked
package org.tenderpoint.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
