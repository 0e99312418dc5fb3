using System.Text.Json;
using TemplateHost.StepFunctions.Model;
using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Storage;

/// <summary>Where the branches of running executions stand.</summary>
internal static class BranchTable
{
    public static Cursor? Find(StoreSession session, string execution, string path) =>
        session.Records<Cursor>("SELECT cursor FROM sfn_branch WHERE execution = ?1 AND path = ?2", execution, path).FirstOrDefault();

    public static void Put(StoreSession session, string execution, string path, Cursor cursor) =>
        session.Execute(
            "INSERT INTO sfn_branch VALUES(?1, ?2, ?3) ON CONFLICT(execution, path) DO UPDATE SET cursor = ?3",
            execution,
            path,
            JsonSerializer.Serialize(cursor)
        );

    /// <summary>Forgets the branches whose paths begin so; tokens that they waited for accept nothing more.</summary>
    public static void DropBelow(StoreSession session, string execution, string prefix)
    {
        session.Execute("DELETE FROM sfn_branch WHERE execution = ?1 AND substr(path, 1, ?3) = ?2", execution, prefix, prefix.Length);
        TokenTable.CloseAll(session, execution, prefix);
    }
}
