using System.Text.Json.Nodes;
using FairShare.Simulation.Judging;

namespace FairShare.Simulation.Histories;

/// <summary>Everything that was ever said, for whoever wants to use it where it does not belong.</summary>
internal sealed class Pool
{
    private const int Kept = 60;
    private readonly Dictionary<string, List<string>> texts = [];

    /// <summary>Keeps the texts of an answer or a request, by the names of their members.</summary>
    public void Add(JsonNode? said)
    {
        foreach (var (name, text) in AnswerJudge.Texts(said, ""))
        {
            var kind =
                text.StartsWith("ey", StringComparison.Ordinal) ? "token"
                : name is "nonce" or "exchangeId" or "fileId" or "filePath" or "kid" ? name
                : null;
            if (kind is not null)
            {
                Keep(kind, text);
            }
        }
    }

    /// <summary>One of a kind: a nonce, token, exchangeId, fileId, filePath or kid; a text that is none when there is none yet.</summary>
    public string Any(string kind, Random fate) =>
        texts.TryGetValue(kind, out var kept) ? kept[fate.Next(kept.Count)] : "AAAAAAAAAAAAAAAAAAAAAA";

    private void Keep(string kind, string text)
    {
        var kept = texts.TryGetValue(kind, out var known) ? known : texts[kind] = [];
        if (kept.Contains(text))
        {
            return;
        }

        kept.Add(text);
        if (kept.Count > Kept)
        {
            kept.RemoveAt(0);
        }
    }
}
