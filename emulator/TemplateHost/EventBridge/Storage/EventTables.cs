using System.Text.Json;
using TemplateHost.EventBridge.Model;
using TemplateHost.Storage;

namespace TemplateHost.EventBridge.Storage;

/// <summary>Buses, rules, and messages on their way to targets.</summary>
internal static class EventTables
{
    public static void Define(IStore store) =>
        store.Define(
            """
            CREATE TABLE IF NOT EXISTS events_bus(name TEXT PRIMARY KEY, created INTEGER NOT NULL);
            CREATE TABLE IF NOT EXISTS events_rule(bus TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY(bus, name));
            CREATE TABLE IF NOT EXISTS events_delivery(
                sequence INTEGER PRIMARY KEY AUTOINCREMENT, rule TEXT NOT NULL, target TEXT NOT NULL, message TEXT NOT NULL,
                attempts INTEGER NOT NULL, accepted INTEGER NOT NULL, due INTEGER NOT NULL);
            INSERT OR IGNORE INTO events_bus VALUES('default', 0);
            """
        );

    public static bool PutBus(StoreSession session, string name, DateTimeOffset now) =>
        session.Execute("INSERT OR IGNORE INTO events_bus VALUES(?1, ?2)", name, now.ToUnixTimeMilliseconds()) == 1;

    public static bool HasBus(StoreSession session, string name) =>
        session.Query("SELECT 1 FROM events_bus WHERE name = ?1", _ => true, name).Count == 1;

    public static List<string> Buses(StoreSession session) =>
        session.Query("SELECT name FROM events_bus ORDER BY name", row => row.GetString(0));

    public static bool DeleteBus(StoreSession session, string name)
    {
        session.Execute("DELETE FROM events_rule WHERE bus = ?1", name);
        return session.Execute("DELETE FROM events_bus WHERE name = ?1", name) == 1;
    }

    public static void Put(StoreSession session, Rule rule) =>
        session.Execute("INSERT OR REPLACE INTO events_rule VALUES(?1, ?2, ?3)", rule.Bus, rule.Name, JsonSerializer.Serialize(rule));

    public static List<Rule> Rules(StoreSession session, string bus) =>
        session.Records<Rule>("SELECT body FROM events_rule WHERE bus = ?1 ORDER BY name", bus);

    public static Rule? Rule(StoreSession session, string bus, string name) => Rules(session, bus).Find(rule => rule.Name == name);

    public static bool DeleteRule(StoreSession session, string bus, string name)
    {
        ScheduleTable.Delete(session, name);
        return session.Execute("DELETE FROM events_rule WHERE bus = ?1 AND name = ?2", bus, name) == 1;
    }
}

/// <summary>A message on its way to a target.</summary>
internal sealed record PendingDelivery(
    long Sequence,
    string RuleArn,
    RuleTarget Target,
    string Message,
    int Attempts,
    DateTimeOffset AcceptedAt,
    DateTimeOffset Due
);

/// <summary>Deliveries that are not done.</summary>
internal static class DeliveryTable
{
    public static PendingDelivery Add(StoreSession session, string ruleArn, RuleTarget target, string message, DateTimeOffset now)
    {
        session.Execute(
            "INSERT INTO events_delivery(rule, target, message, attempts, accepted, due) VALUES(?1, ?2, ?3, 0, ?4, ?4)",
            ruleArn,
            JsonSerializer.Serialize(target),
            message,
            now.ToUnixTimeMilliseconds()
        );
        var sequence = session.Query("SELECT last_insert_rowid()", row => row.GetInt64(0))[0];
        return new PendingDelivery(sequence, ruleArn, target, message, 0, now, now);
    }

    public static List<PendingDelivery> List(StoreSession session) =>
        session.Query(
            "SELECT sequence, rule, target, message, attempts, accepted, due FROM events_delivery ORDER BY sequence",
            row => new PendingDelivery(
                row.GetInt64(0),
                row.GetString(1),
                JsonSerializer.Deserialize<RuleTarget>(row.GetString(2))!,
                row.GetString(3),
                row.GetInt32(4),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6))
            )
        );

    public static bool Retry(StoreSession session, PendingDelivery delivery) =>
        session.Execute(
            "UPDATE events_delivery SET attempts = ?2, due = ?3 WHERE sequence = ?1",
            delivery.Sequence,
            delivery.Attempts,
            delivery.Due.ToUnixTimeMilliseconds()
        ) == 1;

    public static bool Delete(StoreSession session, long sequence) =>
        session.Execute("DELETE FROM events_delivery WHERE sequence = ?1", sequence) == 1;
}
