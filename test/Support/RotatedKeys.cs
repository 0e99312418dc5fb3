using System.Text.Json.Nodes;

namespace FairShare.Testing;

/// <summary>
/// The application's template as it is synthesized when the store's keys are made anew, with <c>-c sealGeneration=2 -c previousSeal=…</c>
/// and so on: every key has another logical id, the former ones stay where they are, and the function that records keys is told of them.
/// </summary>
public static class RotatedKeys
{
    private static readonly (string Key, string Output, string Variable)[] Keys =
    [
        ("KeysSeal", "SealArn", "FAIRSHARE_PREVIOUS_SEAL_KEY"),
        ("LogKey", "LogKeyArn", "FAIRSHARE_PREVIOUS_LOG_KEY"),
        ("TimestampsKey", "StampKeyArn", "FAIRSHARE_PREVIOUS_TIMESTAMP_KEY"),
    ];

    /// <summary>The template, with the ARNs of the keys among its outputs.</summary>
    public static string Before()
    {
        var template = JsonNode.Parse(TestHost.Template)!;
        foreach (var (key, output, _) in Keys)
        {
            template["Outputs"]![output] = new JsonObject { ["Value"] = ArnOf(IdOf(template, key)) };
        }

        return template.ToJsonString();
    }

    /// <summary>The template with other keys.</summary>
    /// <param name="outputs">The outputs of the host that had the former ones.</param>
    public static string After(IReadOnlyDictionary<string, string> outputs) => Versioned(Midway(outputs), "Anew");

    /// <summary>
    /// What stands in the midst of that deployment, which goes step by step: other keys, and the released functions' former versions, which
    /// know the former seal alone, still serve.
    /// </summary>
    /// <param name="outputs">The outputs of the host that had the former keys.</param>
    public static string Midway(IReadOnlyDictionary<string, string> outputs)
    {
        var (text, template) = (TestHost.Template, JsonNode.Parse(TestHost.Template)!);
        foreach (var (key, _, _) in Keys)
        {
            var id = IdOf(template, key);
            text = text.Replace($"\"{id}\"", $"\"{id}Anew\"", StringComparison.Ordinal);
        }

        var rotated = JsonNode.Parse(text)!;
        LetFormerVersionsSeal(rotated, outputs["SealArn"]);
        var resources = rotated["Resources"]!.AsObject();
        var (recorder, policy) = (
            resources.Single(resource => Is(resource, "AWS::Lambda::Function", "RecordSealKey")).Value!,
            resources.Single(resource => Is(resource, "AWS::IAM::Policy", "RecordSealKeyRole")).Value!
        );
        var variables = recorder["Properties"]!["Environment"]!["Variables"]!;
        variables["FAIRSHARE_LOG_KEY"] = ArnOf(IdOf(rotated, "LogKey"));
        variables["FAIRSHARE_TIMESTAMP_KEY"] = ArnOf(IdOf(rotated, "TimestampsKey"));
        var statements = policy["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray();
        statements.Add(Allow("kms:Sign", ArnOf(IdOf(rotated, "KeysSeal"))));
        statements.Add(Allow("kms:Sign", outputs["SealArn"]));
        foreach (var (key, output, variable) in Keys)
        {
            variables[variable] = outputs[output];
            statements.Add(Allow("kms:GetPublicKey", outputs[output]));
            if (key != "KeysSeal")
            {
                statements.Add(Allow("kms:GetPublicKey", ArnOf(IdOf(rotated, key))));
            }
        }

        return rotated.ToJsonString();
    }

    /// <summary>The template as it is when the other seal was deployed and taken back: everybody seals with the former one.</summary>
    /// <param name="outputs">The outputs of the host that had the former keys.</param>
    public static string TakenBack(IReadOnlyDictionary<string, string> outputs)
    {
        var template = JsonNode.Parse(TestHost.Template)!;
        var back = template
            .ToJsonString()
            .Replace(ArnOf(IdOf(template, "KeysSeal")).ToJsonString(), $"\"{outputs["SealArn"]}\"", StringComparison.Ordinal);
        return Versioned(back, "Back");
    }

    // The id of a version is made from all that the function is, its settings included: another key is another version.
    private static string Versioned(string template, string mark) =>
        JsonNode.Parse(template)!["Resources"]!
            .AsObject()
            .Where(resource => Is(resource, "AWS::Lambda::Version", ""))
            .Aggregate(
                template,
                (text, version) => text.Replace($"\"{version.Key}\"", $"\"{version.Key}{mark}\"", StringComparison.Ordinal)
            );

    private static void LetFormerVersionsSeal(JsonNode template, string former)
    {
        var seal = ArnOf(IdOf(template, "KeysSeal"));
        foreach (var policy in template["Resources"]!.AsObject().Where(resource => Is(resource, "AWS::IAM::Policy", "")))
        {
            var statements = policy.Value!["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray();
            if (statements.Any(one => $"{one!["Action"]}" == "kms:Sign" && JsonNode.DeepEquals(one["Resource"], seal)))
            {
                statements.Add(Allow("kms:Sign", former));
                statements.Add(Allow("kms:GetPublicKey", former));
            }
        }
    }

    private static JsonObject Allow(string action, JsonNode resource) =>
        new()
        {
            ["Action"] = action,
            ["Effect"] = "Allow",
            ["Resource"] = resource,
        };

    private static JsonObject ArnOf(string id) => new() { ["Fn::GetAtt"] = new JsonArray(id, "Arn") };

    private static string IdOf(JsonNode template, string key) =>
        template["Resources"]!.AsObject().Single(resource => Is(resource, "AWS::KMS::Key", key)).Key;

    private static bool Is(KeyValuePair<string, JsonNode?> resource, string type, string prefix) =>
        resource.Value!["Type"]!.GetValue<string>() == type && resource.Key.StartsWith(prefix, StringComparison.Ordinal);
}
