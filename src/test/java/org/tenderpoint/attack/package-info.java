/** Attacks that are known, by name, and what each meets here. Start at {@link org.tenderpoint.attack.AttackTableTest}. */
@NullMarked
package org.tenderpoint.attack;

import org.jspecify.annotations.NullMarked;
