using TemplateHost.Storage;

namespace TemplateHost.EventBridge.Storage;

/// <summary>When the events of scheduled rules are due; the rules are of the default bus, as at AWS.</summary>
internal static class ScheduleTable
{
    public static void Define(IStore store) =>
        store.Define("CREATE TABLE IF NOT EXISTS events_schedule(rule TEXT PRIMARY KEY, due INTEGER NOT NULL);");

    public static DateTimeOffset? Due(StoreSession session, string rule) =>
        session
            .Query(
                "SELECT due FROM events_schedule WHERE rule = ?1",
                row => (DateTimeOffset?)DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)),
                rule
            )
            .SingleOrDefault();

    public static int Put(StoreSession session, string rule, DateTimeOffset due) =>
        session.Execute("INSERT OR REPLACE INTO events_schedule VALUES(?1, ?2)", rule, due.ToUnixTimeMilliseconds());

    public static int Delete(StoreSession session, string rule) => session.Execute("DELETE FROM events_schedule WHERE rule = ?1", rule);
}
