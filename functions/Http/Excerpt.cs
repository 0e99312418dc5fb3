using System.Text;

namespace FairShare.Functions.Http;

/// <summary>The beginning of a text from outside, for an answer that must not grow with it.</summary>
internal static class Excerpt
{
    /// <summary>The text, or so much of it; what is not Unicode is replaced.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">The most UTF-16 code units; a longer one ends with an ellipsis.</param>
    public static string Of(string text, int limit)
    {
        var kept = text.Length <= limit ? text : text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)] + '…';
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(kept));
    }
}
