using TemplateHost.Kernel;
using TemplateHost.Storage;

namespace TemplateHost.Identity;

/// <summary>
/// The secret behind every credential that the host issues; made once, kept in the store, so credentials outlive a restart.
/// </summary>
internal sealed class HostSecret
{
    public HostSecret(IStore store, IRandomSource random)
    {
        store.Define("CREATE TABLE IF NOT EXISTS identity_secret (id INTEGER PRIMARY KEY CHECK (id = 1), secret BLOB NOT NULL)");
        var fresh = new byte[32];
        random.Fill(fresh);
        Value = store
            .WriteAsync(session =>
            {
                session.Execute("INSERT OR IGNORE INTO identity_secret (id, secret) VALUES (1, ?1)", fresh);
                return session.Query("SELECT secret FROM identity_secret", row => (byte[])row.GetValue(0))[0];
            })
            .GetAwaiter()
            .GetResult();
    }

    public byte[] Value { get; }
}
