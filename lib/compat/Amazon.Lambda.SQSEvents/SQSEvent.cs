namespace Amazon.Lambda.SQSEvents;

/// <summary>A batch of queue messages; the members used here. Follows the API page of <c>Amazon.Lambda.SQSEvents.SQSEvent</c>.</summary>
public class SQSEvent
{
    /// <summary>The messages of the batch.</summary>
    public List<SQSMessage> Records { get; set; } = [];

    /// <summary>One message as its event source mapping hands it over.</summary>
    public class SQSMessage
    {
        /// <summary>The id that SQS gave the message.</summary>
        public string MessageId { get; set; } = "";

        /// <summary>The handle by which this receipt of the message is deleted.</summary>
        public string ReceiptHandle { get; set; } = "";

        /// <summary>The text that was sent.</summary>
        public string Body { get; set; } = "";

        /// <summary>System attributes: SenderId, SentTimestamp, ApproximateReceiveCount, ….</summary>
        public Dictionary<string, string> Attributes { get; set; } = [];

        /// <summary>The queue's ARN.</summary>
        public string EventSourceArn { get; set; } = "";
    }
}
