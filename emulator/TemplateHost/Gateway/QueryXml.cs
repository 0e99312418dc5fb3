using System.Globalization;
using System.Xml.Linq;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway;

/// <summary>The shapes that answers of the Query protocol are made of.</summary>
internal static class QueryXml
{
    /// <summary>An element, or null for a value that is not there: absent members are not written.</summary>
    public static XElement? Optional(string name, object? value) => value is null ? null : new XElement(name, value);

    public static XElement List<T>(string name, IEnumerable<T> items, Func<T, object?> member) =>
        new(name, items.Select(item => new XElement("member", member(item))));

    public static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    public static string? Time(DateTimeOffset? time) => time is { } given ? Time(given) : null;

    /// <summary>A refusal, as the Query services and those of REST and XML write it.</summary>
    public static XElement Error(AwsException error, string requestId) =>
        new(
            "ErrorResponse",
            new XElement(
                "Error",
                new XElement("Type", error.Status < 500 ? "Sender" : "Receiver"),
                new XElement("Code", error.Code),
                new XElement("Message", error.Message)
            ),
            new XElement("RequestId", requestId)
        );

    public static string Flag(bool value) => value ? "true" : "false";
}
