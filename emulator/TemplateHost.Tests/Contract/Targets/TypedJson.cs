using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace TemplateHost.Tests.Contract.Targets;

/// <summary>The SDK's typed requests from JSON, and JSON from its typed answers.</summary>
internal static class TypedJson
{
    /// <exception cref="ArgumentException">The type has no such member.</exception>
    public static object? Build(JsonNode? node, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return node switch
        {
            null => null,
            JsonObject entries when type == typeof(Amazon.S3.Model.MetadataCollection) => BuildMetadata(entries),
            JsonObject members when type.GetConstructor([]) is not null && !typeof(IDictionary).IsAssignableFrom(type) => BuildMembers(
                members,
                type
            ),
            JsonObject entries => BuildMap(entries, type),
            JsonArray items => BuildList(items, type),
            _ => BuildScalar(node.ToString(), type),
        };
    }

    public static JsonNode? Read(object? value) =>
        value switch
        {
            null => null,
            string text => text,
            bool truth => truth,
            ConstantClass constant => constant.Value,
            DateTime time => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
            MemoryStream octets => Convert.ToBase64String(octets.ToArray()),
            Stream stream => ReadStream(stream),
            Amazon.S3.Model.MetadataCollection metadata => new JsonObject(
                metadata.Keys.Select(key => KeyValuePair.Create(key["x-amz-meta-".Length..], (JsonNode?)metadata[key]))
            ),
            IDictionary entries => new JsonObject(entries.Keys.Cast<string>().Select(key => KeyValuePair.Create(key, Read(entries[key])))),
            IEnumerable items => new JsonArray([.. items.Cast<object>().Select(Read)]),
            IFormattable number when value.GetType().IsPrimitive => JsonNode.Parse(number.ToString(null, CultureInfo.InvariantCulture)),
            Enum name => name.ToString(),
            _ => ReadMembers(value),
        };

    private static object BuildMembers(JsonObject members, Type type)
    {
        var built = Activator.CreateInstance(type)!;
        foreach (var (name, value) in members)
        {
            var property =
                type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)
                ?? throw new ArgumentException($"{type.Name} has no {name}.");
            property.SetValue(built, Build(value, property.PropertyType));
        }

        return built;
    }

    private static Amazon.S3.Model.MetadataCollection BuildMetadata(JsonObject entries)
    {
        var metadata = new Amazon.S3.Model.MetadataCollection();
        entries.ToList().ForEach(entry => metadata.Add(entry.Key, entry.Value!.ToString()));
        return metadata;
    }

    private static IDictionary BuildMap(JsonObject entries, Type type)
    {
        var map = (IDictionary)Activator.CreateInstance(type)!;
        foreach (var (name, value) in entries)
        {
            map[name] = Build(value, type.GetGenericArguments()[1]);
        }

        return map;
    }

    private static IList BuildList(JsonArray items, Type type)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        foreach (var item in items)
        {
            list.Add(Build(item, type.GetGenericArguments()[0]));
        }

        return list;
    }

    private static object BuildScalar(string text, Type type) =>
        typeof(Stream).IsAssignableFrom(type) ? new MemoryStream(Convert.FromBase64String(text))
        : type == typeof(DateTime) ? DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)
        : typeof(ConstantClass).IsAssignableFrom(type) || type == typeof(Amazon.S3.Model.ByteRange) ? Activator.CreateInstance(type, text)!
        : type.IsEnum ? Enum.Parse(type, text, ignoreCase: true)
        : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);

    private static string ReadStream(Stream stream)
    {
        using (stream)
        {
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return Convert.ToBase64String(copy.ToArray());
        }
    }

    /// <summary>What a class of the SDK's model, an answer or an exception holds; not what tells of the transport.</summary>
    private static JsonObject ReadMembers(object value)
    {
        var members = new JsonObject();
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsOfModel))
        {
            if (Read(property.GetValue(value)) is { } read)
            {
                members[property.Name] = read;
            }
        }

        return members;
    }

    private static bool IsOfModel(PropertyInfo property) =>
        property.GetIndexParameters().Length == 0
        && !(property.Name.StartsWith("Is", StringComparison.Ordinal) && property.Name.EndsWith("Set", StringComparison.Ordinal))
        && property.DeclaringType != typeof(AmazonServiceException)
        && property.DeclaringType != typeof(Exception)
        && property.Name is not ("ResponseMetadata" or "HttpStatusCode");
}
