namespace TemplateHost.Tests.Contract;

/// <summary>Where moto's SQS and EventBridge answer otherwise.</summary>
internal static class MessagingDifferences
{
    private const string SqsApi = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/";
    private const string SqsGuide = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/";
    private const string EventBridgeApi = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/";
    private const string EventBridgeGuide = "https://docs.aws.amazon.com/eventbridge/latest/userguide/";

    public static IReadOnlyList<Difference> OfMoto { get; } =
    [
        new(
            nameof(QueueContract),
            [nameof(QueueContract.Attributes_OutOfRange_AreRefused)],
            "SQS, an attribute of a queue out of its range",
            "`InvalidAttributeValue`",
            "accepted",
            "CreateQueue",
            SqsApi + "API_CreateQueue.html"
        ),
        new(
            nameof(QueueContract),
            [nameof(QueueContract.Attribute_Unknown_IsRefused)],
            "SQS, an unknown attribute of a queue",
            "`InvalidAttributeName`",
            "accepted",
            "CreateQueue",
            SqsApi + "API_CreateQueue.html"
        ),
        new(
            nameof(QueueContract),
            [nameof(QueueContract.Queues_ListedInPages_ComeOnceEach)],
            "SQS, `MaxResults` of ListQueues",
            "pages",
            "all queues at once",
            "ListQueues",
            SqsApi + "API_ListQueues.html"
        ),
        new(
            nameof(QueueContract),
            [nameof(QueueContract.Queue_Purged_IsEmptyAndNotPurgedAgainAtOnce)],
            "SQS, a second PurgeQueue within a minute",
            "`PurgeQueueInProgress`",
            "accepted",
            "PurgeQueue",
            SqsApi + "API_PurgeQueue.html"
        ),
        new(
            nameof(MessageContract),
            [nameof(MessageContract.Visibility_OfAMessageNotInFlight_IsRefused)],
            "SQS, the visibility of a message that is not in flight",
            "`MessageNotInflight`",
            "changed",
            "ChangeMessageVisibility",
            SqsApi + "API_ChangeMessageVisibility.html"
        ),
        new(
            nameof(FifoQueueContract),
            [nameof(FifoQueueContract.RedrivePolicy_ThatIsNone_IsRefused)],
            "SQS, a RedrivePolicy that is none",
            "`InvalidParameterValue`",
            "an internal error",
            "SetQueueAttributes",
            SqsApi + "API_SetQueueAttributes.html"
        ),
        new(
            nameof(FifoQueueContract),
            [
                nameof(FifoQueueContract.Messages_OfAGroup_KeepTheirOrderThroughARetry),
                nameof(FifoQueueContract.Group_IsHeldWhileAMessageOfItIsInFlight),
            ],
            "SQS, the order of a FIFO queue's group when messages come again or are in flight",
            "kept, and the group held",
            "another",
            "FIFO delivery logic",
            SqsGuide + "FIFO-queues-understanding-logic.html"
        ),
        new(
            nameof(EventContract),
            [nameof(EventContract.Target_WithAnInputPath_GetsThatPart), nameof(EventContract.Target_WithAnInput_GetsThatOnly)],
            "EventBridge, a target's `InputPath` or `Input`",
            "that is delivered",
            "the whole event",
            "Target",
            EventBridgeApi + "API_Target.html"
        ),
        new(
            nameof(EventContract),
            [nameof(EventContract.Target_WithATransformer_GetsItsTemplateFilled)],
            "EventBridge, `<aws.events.rule-name>` in a template",
            "filled",
            "left as it is",
            "Input transformation",
            EventBridgeGuide + "eb-transform-target-input.html"
        ),
        new(
            nameof(EventContract),
            [nameof(EventContract.Rule_Disabled_SendsNothing)],
            "EventBridge, a disabled rule",
            "sends nothing",
            "sends",
            "DisableRule",
            EventBridgeApi + "API_DisableRule.html"
        ),
        new(
            nameof(EventPatternContract),
            [nameof(EventPatternContract.Pattern_ThatIsNone_IsRefused)],
            "EventBridge, a pattern that is none",
            "`InvalidEventPatternException`",
            "accepted, or an internal error",
            "PutRule",
            EventBridgeApi + "API_PutRule.html"
        ),
        new(
            nameof(EventPatternContract),
            [nameof(EventPatternContract.Pattern_Tried_TellsWhetherItMatches)],
            "EventBridge, TestEventPattern",
            "tells whether the pattern matches",
            "not there",
            "TestEventPattern",
            EventBridgeApi + "API_TestEventPattern.html"
        ),
        new(
            nameof(MessageInputContract),
            [nameof(MessageInputContract.Body_WithAForbiddenCharacter_IsRefused)],
            "SQS, a body with a character that XML does not have",
            "`InvalidMessageContents`",
            "accepted",
            "SendMessage",
            SqsApi + "API_SendMessage.html"
        ),
        new(
            nameof(MessageInputContract),
            [nameof(MessageInputContract.Identifiers_WithOtherCharacters_AreRefused)],
            "SQS, a group or deduplication id with a space",
            "`InvalidParameterValue`",
            "accepted",
            "SendMessage",
            SqsApi + "API_SendMessage.html"
        ),
        new(
            nameof(MessageInputContract),
            [nameof(MessageInputContract.AttributeNames_WithAStar_AreAllOrThoseOfThePrefix)],
            "SQS, `MessageAttributeNames` with a star",
            "all, or those of the prefix",
            "none",
            "ReceiveMessage",
            SqsApi + "API_ReceiveMessage.html"
        ),
        new(
            nameof(MessageInputContract),
            [nameof(MessageInputContract.AttributeNames_ThatAreNone_AreRefused)],
            "SQS, a name of an attribute of a message that is none",
            "`InvalidParameterValue`",
            "accepted",
            "Message metadata",
            SqsGuide + "sqs-message-metadata.html"
        ),
        new(
            nameof(MessageInputContract),
            [nameof(MessageInputContract.SystemAttributes_HaveADigestOfTheirOwn)],
            "SQS, `MD5OfMessageSystemAttributes`",
            "there",
            "missing",
            "SendMessage",
            SqsApi + "API_SendMessage.html"
        ),
        new(
            nameof(MessageInputContract),
            [nameof(MessageInputContract.Batch_OfAFifoQueueWithoutAGroup_IsRefusedAsAWhole)],
            "SQS, an entry of a FIFO batch without a group",
            "`InvalidParameterValue` for the whole request",
            "`MissingParameter`",
            "SendMessageBatch",
            SqsApi + "API_SendMessageBatch.html"
        ),
        new(
            nameof(MessageInputContract),
            [nameof(MessageInputContract.RedriveAllowPolicy_OfTheTarget_DecidesWhoMayBuryThere)],
            "SQS, `RedriveAllowPolicy` of a dead-letter queue",
            "decides whose it is",
            "ignored",
            "CreateQueue",
            SqsApi + "API_CreateQueue.html"
        ),
        new(
            nameof(EventPatternContract),
            [nameof(EventPatternContract.Wildcards_ThatAreTooComplex_AreRefused)],
            "EventBridge, wildcards that are too complex",
            "`InvalidEventPatternException`",
            "accepted",
            "Comparison operators",
            EventBridgeGuide + "eb-create-pattern-operators.html"
        ),
    ];
}
