package org.tenderpoint.identity;

import java.util.List;

/** The clients that stand in the settings, each id once. */
public interface ConfiguredClients {

    List<Client> clients();
}
