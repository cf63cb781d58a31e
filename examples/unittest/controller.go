// Package controller is a program that calls AWS, reduced to its requests. Its
// test stands in an isolated VPC that is written down in code.
package controller

import "net/http"

// Reconcile asks STS who it is, then IAM for an instance profile.
func Reconcile(client *http.Client) error {
	for _, url := range []string{
		"https://sts.us-east-2.amazonaws.com/?Action=GetCallerIdentity",
		"https://iam.amazonaws.com/?Action=GetInstanceProfile",
	} {
		resp, err := client.Get(url)
		if err != nil {
			return err
		}
		resp.Body.Close()
	}
	return nil
}
