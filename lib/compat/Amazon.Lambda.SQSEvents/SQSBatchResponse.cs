using System.Text.Json.Serialization;

namespace Amazon.Lambda.SQSEvents;

/// <summary>
/// Which messages of a batch failed and are to be delivered again. Follows the API page of <c>Amazon.Lambda.SQSEvents.SQSBatchResponse</c>.
/// </summary>
public class SQSBatchResponse
{
    /// <summary>The failed messages; empty when all were handled.</summary>
    [JsonPropertyName("batchItemFailures")]
    public List<BatchItemFailure> BatchItemFailures { get; set; } = [];

    /// <summary>One failed message.</summary>
    public class BatchItemFailure
    {
        /// <summary>The message's id.</summary>
        [JsonPropertyName("itemIdentifier")]
        public string ItemIdentifier { get; set; } = "";
    }
}
