# The session itself; sourced by run.sh.
endpoint=$(announcement .aws)
hide "$endpoint" endpoint
hide "$(output CustomersClient)" client

# Version 1 of the AWS CLI takes the endpoint of SQS from its command line only.
queue() { call sqs --endpoint-url "$endpoint" "$@"; }

title STS and IAM
call sts get-caller-identity --query '[Account,Arn]'
trust='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
call iam create-role --role-name reader --assume-role-policy-document "$trust" --query Role.Arn
grant='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}'
call iam put-role-policy --role-name reader --policy-name read --policy-document "$grant"
call iam list-role-policies --role-name reader --query PolicyNames
call iam create-role --role-name reader --assume-role-policy-document "$trust"
call iam delete-role --role-name reader
call iam delete-role-policy --role-name reader --policy-name read
call iam delete-role --role-name reader

title DynamoDB
call dynamodb create-table --table-name accounts --billing-mode PAY_PER_REQUEST --attribute-definitions AttributeName=owner,AttributeType=S AttributeName=account,AttributeType=S --key-schema AttributeName=owner,KeyType=HASH AttributeName=account,KeyType=RANGE --query 'TableDescription.[TableName,TableArn]'
call dynamodb wait table-exists --table-name accounts
call dynamodb put-item --table-name accounts --item '{"owner":{"S":"alice"},"account":{"S":"current"},"balance":{"N":"100.50"}}'
call dynamodb put-item --table-name accounts --item '{"owner":{"S":"alice"},"account":{"S":"savings"},"balance":{"N":"7"}}'
call dynamodb update-item --table-name accounts --key '{"owner":{"S":"alice"},"account":{"S":"current"}}' --update-expression 'SET balance = balance - :amount' --condition-expression 'balance >= :amount' --expression-attribute-values '{":amount":{"N":"0.5"}}' --return-values UPDATED_NEW
call dynamodb update-item --table-name accounts --key '{"owner":{"S":"alice"},"account":{"S":"savings"}}' --update-expression 'SET balance = balance - :amount' --condition-expression 'balance >= :amount' --expression-attribute-values '{":amount":{"N":"8"}}'
call dynamodb transact-write-items --transact-items '[{"Put":{"TableName":"accounts","Item":{"owner":{"S":"bob"},"account":{"S":"current"},"balance":{"N":"1"}},"ConditionExpression":"attribute_not_exists(#owner)","ExpressionAttributeNames":{"#owner":"owner"}}},{"ConditionCheck":{"TableName":"accounts","Key":{"owner":{"S":"alice"},"account":{"S":"current"}},"ConditionExpression":"attribute_exists(balance)"}}]'
call dynamodb transact-write-items --transact-items '[{"Put":{"TableName":"accounts","Item":{"owner":{"S":"carol"},"account":{"S":"current"}}}},{"Delete":{"TableName":"accounts","Key":{"owner":{"S":"bob"},"account":{"S":"current"}},"ConditionExpression":"balance > :one","ExpressionAttributeValues":{":one":{"N":"1"}}}}]'
call dynamodb query --table-name accounts --key-condition-expression '#o = :o AND begins_with(account, :a)' --expression-attribute-names '{"#o":"owner"}' --expression-attribute-values '{":o":{"S":"alice"},":a":{"S":"c"}}' --query '[Count,ScannedCount,Items]'
call dynamodb scan --table-name accounts --select COUNT --query '[Count,ScannedCount]'
call dynamodb update-item --table-name accounts --key '{"owner":{"S":"alice"},"account":{"S":"current"}}' --update-expression 'SET owner = :o' --expression-attribute-values '{":o":{"S":"x"}}'
call dynamodb delete-table --table-name accounts --query TableDescription.TableStatus
call dynamodb wait table-not-exists --table-name accounts

title S3
printf 'The quick brown fox' >fox.txt
call s3api create-bucket --bucket session-bucket
call s3api put-bucket-versioning --bucket session-bucket --versioning-configuration Status=Enabled
secretly version s3api put-object --bucket session-bucket --key notes/fox.txt --body fox.txt --content-type text/plain --checksum-algorithm SHA256 --query VersionId --output text
call s3api head-object --bucket session-bucket --key notes/fox.txt --checksum-mode ENABLED --query '[ContentLength,ContentType,ETag,ChecksumSHA256,VersionId]'
call s3api get-object --bucket session-bucket --key notes/fox.txt --range bytes=4-8 part.txt --query '[ContentRange,ContentLength,AcceptRanges]'
printf '%s\n' "part.txt holds: $(cat part.txt)"
call s3api put-object --bucket session-bucket --key notes/fox.txt --body fox.txt --checksum-sha256 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
secretly marker s3api delete-object --bucket session-bucket --key notes/fox.txt --query VersionId --output text
call s3api list-object-versions --bucket session-bucket --query '[Versions[].[Key,VersionId,IsLatest],DeleteMarkers[].[Key,VersionId,IsLatest]]'
call s3api get-object --bucket session-bucket --key notes/fox.txt gone.txt
call s3api delete-bucket --bucket session-bucket
call s3api delete-object --bucket session-bucket --key notes/fox.txt --version-id "$answer_version" --query VersionId
call s3api delete-object --bucket session-bucket --key notes/fox.txt --version-id "$answer_marker" --query '[DeleteMarker,VersionId]'
call s3api delete-bucket --bucket session-bucket

title KMS
secretly key kms create-key --key-spec ECC_NIST_P256 --key-usage SIGN_VERIFY --query KeyMetadata.KeyId --output text
call kms create-alias --alias-name alias/session --target-key-id "$answer_key"
call kms describe-key --key-id alias/session --query 'KeyMetadata.[KeyId,Enabled,KeyState,KeySpec,SigningAlgorithms]'
secretly signature kms sign --key-id alias/session --message fileb://fox.txt --signing-algorithm ECDSA_SHA_256 --query Signature --output text
base64 -d <<<"$answer_signature" >fox.sig
call kms verify --key-id alias/session --message fileb://fox.txt --signing-algorithm ECDSA_SHA_256 --signature fileb://fox.sig --query '[SignatureValid,SigningAlgorithm]'
call kms verify --key-id alias/session --message fileb://part.txt --signing-algorithm ECDSA_SHA_256 --signature fileb://fox.sig
call kms schedule-key-deletion --key-id "$answer_key" --pending-window-in-days 7 --query '[KeyState,PendingWindowInDays]'
call kms sign --key-id alias/session --message fileb://fox.txt --signing-algorithm ECDSA_SHA_256

title SQS
url=$endpoint/000000000000
queue create-queue --queue-name session-queue
queue send-message --queue-url "$url/session-queue" --message-body hello --query MD5OfMessageBody
queue receive-message --queue-url "$url/session-queue" --wait-time-seconds 2 --visibility-timeout 3600 --attribute-names ApproximateReceiveCount --query 'Messages[].[Body,MD5OfBody,Attributes]'
queue get-queue-attributes --queue-url "$url/session-queue" --attribute-names ApproximateNumberOfMessages ApproximateNumberOfMessagesNotVisible QueueArn VisibilityTimeout --query Attributes
queue create-queue --queue-name session-queue.fifo --attributes FifoQueue=true,ContentBasedDeduplication=true
queue send-message --queue-url "$url/session-queue.fifo" --message-group-id one --message-body first --query MD5OfMessageBody
queue send-message --queue-url "$url/session-queue.fifo" --message-group-id one --message-body first --query MD5OfMessageBody
queue send-message --queue-url "$url/session-queue.fifo" --message-body second
secretly receipt sqs --endpoint-url "$endpoint" receive-message --queue-url "$url/session-queue.fifo" --max-number-of-messages 10 --query 'Messages[].ReceiptHandle' --output text
queue delete-message --queue-url "$url/session-queue.fifo" --receipt-handle "$answer_receipt"
queue receive-message --queue-url "$url/session-queue.fifo"

title EventBridge
call events put-rule --name orders --event-pattern '{"source":["shop"],"detail":{"total":[{"numeric":[">",10]}]}}' --query RuleArn
queue set-queue-attributes --queue-url "$url/session-queue" --attributes '{"Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"events.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"arn:aws:sqs:us-east-1:000000000000:session-queue\"}]}"}'
call events put-targets --rule orders --targets '[{"Id":"queue","Arn":"arn:aws:sqs:us-east-1:000000000000:session-queue","InputPath":"$.detail"}]'
call events put-events --entries '[{"Source":"shop","DetailType":"order","Detail":"{\"total\":9}"},{"Source":"shop","DetailType":"order","Detail":"{\"total\":11}"}]' --query FailedEntryCount
queue receive-message --queue-url "$url/session-queue" --wait-time-seconds 5 --query 'Messages[].Body'
call events remove-targets --rule orders --ids queue
call events delete-rule --name orders
queue delete-queue --queue-url "$url/session-queue"
queue delete-queue --queue-url "$url/session-queue.fifo"

title Step Functions
machine=arn:aws:states:us-east-1:000000000000:stateMachine:greeter
execution=arn:aws:states:us-east-1:000000000000:execution:greeter:first
call iam create-role --role-name greeter --assume-role-policy-document "${trust/lambda/states}" --query Role.Arn
definition='{"StartAt":"Check","States":{"Check":{"Type":"Choice","Choices":[{"Variable":"$.name","IsPresent":true,"Next":"Greet"}],"Default":"Nobody"},"Greet":{"Type":"Pass","Parameters":{"greeting.$":"States.Format('"'Hello, {}'"', $.name)"},"End":true},"Nobody":{"Type":"Fail","Error":"NoName","Cause":"Nobody to greet"}}}'
call stepfunctions create-state-machine --name greeter --role-arn arn:aws:iam::000000000000:role/greeter --definition "$definition" --query stateMachineArn
call stepfunctions start-execution --state-machine-arn "$machine" --name first --input '{"name":"Alice"}' --query executionArn
sleep 1
call stepfunctions describe-execution --execution-arn "$execution" --query '[name,status,input,output]'
call stepfunctions get-execution-history --execution-arn "$execution" --query 'events[].[id,previousEventId,type]' --output text
call stepfunctions start-execution --state-machine-arn "$machine" --name first --input '{"name":"Bob"}'
call stepfunctions start-execution --state-machine-arn "$machine" --name second --query executionArn
sleep 1
call stepfunctions describe-execution --execution-arn "${execution%first}second" --query '[status,error,cause]'
call stepfunctions create-state-machine --name broken --role-arn arn:aws:iam::000000000000:role/greeter --definition '{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}'
call stepfunctions delete-state-machine --state-machine-arn "$machine"
call iam delete-role --role-name greeter

title Lambda
greet=$(output Greet)
call lambda list-functions --query 'Functions[].[FunctionName,Runtime,PackageType]' --output text
call lambda invoke --function-name "$greet" --payload '{}' answer.json
printf '%s\n' "answer.json says: $(cat answer.json)"
call lambda invoke --function-name absent --payload '{}' answer.json

title CloudFormation
cat >first.json <<'TEMPLATE'
{ "Parameters": { "Days": { "Type": "Number", "Default": 4 } },
  "Resources": {
    "Letters": { "Type": "AWS::SQS::Queue", "Properties": { "MessageRetentionPeriod": { "Ref": "Days" } } },
    "Ledger": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": "session-ledger", "BillingMode": "PAY_PER_REQUEST",
      "AttributeDefinitions": [ { "AttributeName": "id", "AttributeType": "S" } ], "KeySchema": [ { "AttributeName": "id", "KeyType": "HASH" } ] } } },
  "Outputs": { "Ledger": { "Value": { "Ref": "Ledger" } } } }
TEMPLATE
sed 's/"AttributeName": "id"/"AttributeName": "key"/g' first.json >renamed.json
sed 's/"Ref": "Days"/"Ref": "Nobody"/' first.json >broken.json
call cloudformation validate-template --template-body file://first.json --query Parameters
call cloudformation create-stack --stack-name session --template-body file://first.json --parameters ParameterKey=Days,ParameterValue=86400 --query 'contains(StackId, `session`)'
call cloudformation wait stack-create-complete --stack-name session
call cloudformation describe-stacks --stack-name session --query 'Stacks[].[StackStatus,Outputs]'
call cloudformation list-stack-resources --stack-name session --query 'StackResourceSummaries[].[LogicalResourceId,ResourceType,ResourceStatus]' --output text
call dynamodb put-item --table-name session-ledger --item '{"id":{"S":"a"}}'
call cloudformation update-stack --stack-name session --template-body file://first.json --parameters ParameterKey=Days,ParameterValue=86400
call cloudformation update-stack --stack-name session --template-body file://renamed.json --parameters ParameterKey=Days,ParameterValue=86400 --query 'contains(StackId, `session`)'
call cloudformation wait stack-update-complete --stack-name session
call cloudformation describe-stack-events --stack-name session --query 'StackEvents[?ResourceStatus==`UPDATE_FAILED`].[LogicalResourceId,ResourceStatusReason]'
call dynamodb scan --table-name session-ledger --query Items
call cloudformation update-stack --stack-name session --template-body file://first.json --parameters ParameterKey=Days,ParameterValue=172800 --query 'contains(StackId, `session`)'
call cloudformation wait stack-update-complete --stack-name session
call cloudformation create-stack --stack-name other --template-body file://broken.json
call cloudformation delete-stack --stack-name session
call cloudformation wait stack-delete-complete --stack-name session
call cloudformation describe-stacks --stack-name session

title The stack of the sample
call cloudformation describe-stacks --stack-name sample --query 'Stacks[].[StackName,StackStatus]' --output text
call cloudformation list-stack-resources --stack-name sample --query 'StackResourceSummaries[].[LogicalResourceId,ResourceType]' --output text
placing=$(output Placing)
call stepfunctions start-execution --state-machine-arn "$placing" --name one --input '{"id":"one"}' --query executionArn
queue receive-message --queue-url "$(output Deliveries)" --wait-time-seconds 5 --query 'Messages[].Body'
call dynamodb get-item --table-name "$(output Orders)" --key '{"id":{"S":"one"}}' --query Item
call stepfunctions start-execution --state-machine-arn "$placing" --name again --input '{"id":"one"}' --query executionArn
sleep 1
call stepfunctions list-executions --state-machine-arn "$placing" --query 'executions[].[name,status]' --output text

title API Gateway
api=$(output Api)
hide "$api" api
call apigatewayv2 get-apis --query 'Items[].[ApiId,ProtocolType]'
call apigatewayv2 get-routes --api-id "$api" --query 'sort(Items[].RouteKey)'
http() { printf '$ curl %s\n%s\n' "$1" "$(curl -sS -w ' (%{http_code})' "$(announcement .api)$1")"; }
http /greeting
http /orders/one
http /absent

title Cognito
call cognito-idp sign-up --client-id "$(output CustomersClient)" --username alice@example.com --password Session-13579 --user-attributes Name=email,Value=alice@example.com --query '[UserConfirmed,CodeDeliveryDetails]'
call cognito-idp sign-up --client-id "$(output CustomersClient)" --username alice@example.com --password Session-13579 --user-attributes Name=email,Value=alice@example.com
call cognito-idp initiate-auth --client-id "$(output CustomersClient)" --auth-flow USER_PASSWORD_AUTH --auth-parameters USERNAME=alice@example.com,PASSWORD=Session-13579
call cognito-idp sign-up --client-id "$(output CustomersClient)" --username bob@example.com --password short --user-attributes Name=email,Value=bob@example.com

title Refused by name
call dynamodb list-backups
call kms encrypt --key-id alias/session --plaintext aGVsbG8=
call dynamodb describe-table --table-name accounts
call s3api head-bucket --bucket session-bucket
call s3api list-objects-v2 --bucket session-bucket
queue get-queue-url --queue-name session-queue
call stepfunctions describe-state-machine --state-machine-arn "$machine-absent"
call iam get-role --role-name reader
call events describe-rule --name orders
call kms describe-key --key-id alias/absent
call sts get-caller-identity --no-sign-request
call sns list-topics
call ec2 describe-instances
call s3api get-object --bucket session-bucket --key a gone.txt --no-sign-request
